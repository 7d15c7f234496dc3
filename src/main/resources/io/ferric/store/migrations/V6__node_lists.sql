-- Pages of lists go on behind a node by what they are sorted by, and find that place here; filters that leave few nodes
-- have an index of their own.
create index node_created on node (created_at, uuid);
drop index node_provision_state;
create index node_provision_state on node (provision_state, created_at, uuid);
create index node_parent on node (parent_node);
create index node_shard on node (shard);
create index node_chassis on node (chassis_uuid);
