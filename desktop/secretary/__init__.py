"""The secretary's desk: agenda, compile, roster, despatch."""
