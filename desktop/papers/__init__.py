"""Understanding papers: what a reader sees on their pages at a glance, found in words and boxes."""
