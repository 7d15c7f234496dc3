-- What else is declared about a node. Only what lists are filtered by, or what must be told apart from a text, has a
-- column of its own type; traits are a JSON list.
alter table node add column description varchar;
alter table node add column owner varchar;
alter table node add column lessee varchar;
alter table node add column chassis_uuid uuid;
alter table node add column conductor_group varchar default '' not null;
alter table node add column shard varchar;
alter table node add column parent_node uuid;
alter table node add column guarded boolean default false not null;
alter table node add column guarded_reason varchar;
alter table node add column retired boolean default false not null;
alter table node add column retired_reason varchar;
alter table node add column automated_clean boolean;
alter table node add column interfaces varchar default '{}' not null;
alter table node add column traits varchar default '[]' not null;
alter table node add column network_data varchar default '{}' not null;
alter table node add column allocation_uuid uuid;

create index node_owner on node (owner);
create index node_lessee on node (lessee);
create index node_resource_class on node (resource_class);
