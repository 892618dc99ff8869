"""What a text is found by: tokens, pinyin, the columns that hold them and the index behind those.

Imports nothing of ours.
"""
