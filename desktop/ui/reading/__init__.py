"""The page with what stands around it: panes, and the ways between places. Joins canvas and panels for the screen."""
