"""อ่านภาพ: pictures of pages go in, their text comes out with its places and certainties."""
