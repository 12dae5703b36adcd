"""Pages of accounts, contacts, customers and members, and the import of their files."""

from portal_views.page_table.route import PageRoute, for_each_role
from portal_views.pages import accounts, choices, create_pages, customer_merge, customers, imports, members
from portal_views.pages.administration import personal_data
from portal_views.web.roles import OPERATOR_ROLES, STAFF_ROLES

PEOPLE_PAGES = (
    PageRoute("/accounts", {"ADMIN": accounts.account_list}),
    PageRoute("/accounts/invite", for_each_role(accounts.invite, "MEMBER", *STAFF_ROLES), accepts_post=True),
    PageRoute("/accounts/{id}", for_each_role(accounts.account, "MEMBER", *STAFF_ROLES), accepts_post=True),
    PageRoute("/accounts/{id}/data", {"ADMIN": personal_data.personal_data_of("account", personal_data.as_json)}),
    PageRoute("/accounts/{id}/data/page", {"ADMIN": personal_data.personal_data_of("account", personal_data.as_page)}),
    PageRoute("/contacts/{id}/data", {"ADMIN": personal_data.personal_data_of("contact", personal_data.as_json)}),
    PageRoute("/contacts/{id}/data/page", {"ADMIN": personal_data.personal_data_of("contact", personal_data.as_page)}),
    PageRoute("/choices/{kind}", for_each_role(choices.choices, "MEMBER", *OPERATOR_ROLES)),
    PageRoute("/customers", for_each_role(customers.customer_list, "MEMBER", *OPERATOR_ROLES)),
    PageRoute("/customers/new", for_each_role(create_pages.new_customer, "MEMBER", *STAFF_ROLES), accepts_post=True),
    PageRoute("/customers/{id}", for_each_role(customers.customer, "MEMBER", *OPERATOR_ROLES), accepts_post=True),
    PageRoute("/customers/{id}/merge", for_each_role(customer_merge.customer_merge, *STAFF_ROLES), accepts_post=True),
    PageRoute("/members", for_each_role(members.member_list, *STAFF_ROLES)),
    PageRoute("/members/new", for_each_role(create_pages.new_member, *STAFF_ROLES), accepts_post=True),
    PageRoute("/members/{id}", for_each_role(members.member, *STAFF_ROLES), accepts_post=True),
    PageRoute("/imports", for_each_role(imports.import_list, *OPERATOR_ROLES)),
    PageRoute("/imports/new", for_each_role(imports.new_import, *OPERATOR_ROLES), accepts_post=True, max_files=1),
    PageRoute("/imports/{id}", for_each_role(imports.data_import, *OPERATOR_ROLES), accepts_post=True),
    PageRoute("/membership", {"MEMBER": members.membership}, accepts_post=True),
)
