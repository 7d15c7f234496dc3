-- What was last seen of a server besides its power, and what an inspection found: large, and hardly ever read, therefore
-- not in the node's own row.
alter table node add column boot_mode varchar;
alter table node add column secure_boot boolean;
alter table node add column inspection_started_at timestamp with time zone;
alter table node add column inspection_finished_at timestamp with time zone;

create table node_inventory (
    node_uuid uuid primary key references node (uuid) on delete cascade,
    inventory varchar not null
);
