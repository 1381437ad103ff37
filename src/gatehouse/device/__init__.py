"""What programs away from the centre share with it: who speaks to whom at a desk, and what a desk reports."""
