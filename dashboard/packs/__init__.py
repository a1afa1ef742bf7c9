"""Packs: papers for boards made of one edition, as slides, as a document and as tagged PDF."""
