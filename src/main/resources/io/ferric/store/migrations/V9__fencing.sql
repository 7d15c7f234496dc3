-- Which holding of a node it is: the name of a conductor does not tell one that lost the node while it was frozen from
-- itself, or from an earlier run of itself. Version N, which does not set it, may still be running.

alter table node add column reservation_token uuid;
