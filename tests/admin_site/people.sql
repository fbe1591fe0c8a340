-- Staff with each set of the four permissions for places: their ids are 100 plus 1 for view, 2 for add, 4 for change, 8 for delete.
-- 116 is not of the staff, 117 not active any more, 118 a superuser. Each has two places.
WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 118)
INSERT INTO auth_user (id, username, password, is_superuser, is_staff, is_active, first_name, last_name, email, date_joined)
SELECT i, 'person' || i, '!', i = 118, i <> 116, i <> 117, '', '', '', '2026-01-01 00:00:00' FROM n;

INSERT INTO auth_user_user_permissions (user_id, permission_id)
SELECT u.id, p.id
FROM auth_user u, auth_permission p, (SELECT 1 AS bit, 'view' AS action UNION SELECT 2, 'add' UNION SELECT 4, 'change' UNION SELECT 8, 'delete') a
WHERE u.id BETWEEN 100 AND 117 AND ((u.id - 100) & a.bit OR u.id > 115) AND p.codename = a.action || '_place';

INSERT INTO catalog_place (id, name, location) SELECT id, 'of ' || username, '' FROM auth_user WHERE id >= 100;
INSERT INTO catalog_place (id, name, location) SELECT 1000 + id, 'also of ' || username, '' FROM auth_user WHERE id >= 100;
