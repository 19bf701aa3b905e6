"""Reading without a screen: viewport geometry, selection, session, history."""
