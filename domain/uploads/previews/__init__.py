"""Previews of images and of the first page of PDFs, drawn by processes of their own."""
