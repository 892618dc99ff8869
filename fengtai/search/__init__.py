"""What a text is found by: tokens, pinyin, the columns that hold them and the index behind those.

Knows no record: it imports the values alone.
"""
