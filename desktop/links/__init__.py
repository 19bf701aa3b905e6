"""Links between papers: what a mention leads to, and links made by hand. Knows no screen, store or PDF."""
