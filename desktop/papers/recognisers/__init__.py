"""What reads one kind of thing off a paper, a file each. All of them are listed in `desktop.papers.recognising`."""
