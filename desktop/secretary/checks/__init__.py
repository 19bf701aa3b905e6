"""What pre-flight looks for in papers that were read, a file a subject; `desktop.secretary.preflight` asks them all."""
