"""Accounts of staff in the admin: the list, 新建账号, first passwords, unlocking, one's own password.

May import admin/imports, review/accounts, review and records.
"""

from fengtai.admin.accounts import account_admin  # noqa: F401 - registers the page of accounts
