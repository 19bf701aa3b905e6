"""Parts of the reader beside the page: lists, panels and small pop-ups. They know the kit, and no screen."""
