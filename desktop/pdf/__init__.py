"""The only importer of pymupdf: documents, worker processes and the client that speaks to them."""
