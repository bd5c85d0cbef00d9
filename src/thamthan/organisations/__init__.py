"""หน่วยงาน คน ตำแหน่ง: the tree, the people, and who may act for whom."""
