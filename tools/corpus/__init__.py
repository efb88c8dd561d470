"""Makes the sample documents and their gold from one structured source."""
