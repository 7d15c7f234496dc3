package io.ferric.rest.resource;

import io.ferric.rest.auth.Right;

/** What one must have the right to for each thing that can be done with records of one kind. */
record RecordRights(Right list, Right get, Right create, Right update, Right delete) {
    static final RecordRights PORT =
            new RecordRights(Right.PORT_LIST, Right.PORT_GET, Right.PORT_CREATE, Right.PORT_UPDATE, Right.PORT_DELETE);
    static final RecordRights PORTGROUP = new RecordRights(
            Right.PORTGROUP_LIST,
            Right.PORTGROUP_GET,
            Right.PORTGROUP_CREATE,
            Right.PORTGROUP_UPDATE,
            Right.PORTGROUP_DELETE);
    static final RecordRights VOLUME = new RecordRights(
            Right.VOLUME_LIST, Right.VOLUME_GET, Right.VOLUME_CREATE, Right.VOLUME_UPDATE, Right.VOLUME_DELETE);
    static final RecordRights CHASSIS = new RecordRights(
            Right.CHASSIS_GET, Right.CHASSIS_GET, Right.CHASSIS_CREATE, Right.CHASSIS_UPDATE, Right.CHASSIS_DELETE);
    static final RecordRights TEMPLATE = new RecordRights(
            Right.TEMPLATE_GET,
            Right.TEMPLATE_GET,
            Right.TEMPLATE_CREATE,
            Right.TEMPLATE_UPDATE,
            Right.TEMPLATE_DELETE);
}
