"""Words whose speaker the layout names: transcripts and interviews, introducing lines, signatures, posts, captions."""
