"""Finding words in every pack on this machine."""
