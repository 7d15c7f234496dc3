package io.ferric.conductor;

import io.ferric.node.Chassis;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.NodeFilter;
import io.ferric.store.Tables;

/** The registries of all kinds of entries, with the rules of each. */
final class Records {
    private final Context context;
    private final Registry<Chassis> chassis;

    Records(Context context, Reservations reservations) {
        this.context = context;
        this.chassis = new Registry<>(context, Tables.CHASSIS, reservations, new ChassisRules());
    }

    Registry<Chassis> chassis() {
        return chassis;
    }

    private final class ChassisRules implements Rules<Chassis> {
        @Override
        public void checkRemoval(Chassis entry) {
            NodeQuery inside =
                    NodeQuery.all().where(NodeFilter.CHASSIS, entry.uuid()).limit(1);
            if (!context.database().nodes().list(inside).isEmpty()) {
                throw new InvalidRequest(
                        FaultCode.CHASSIS_NOT_EMPTY,
                        "Cannot complete the requested action because chassis " + entry.uuid() + " contains nodes.",
                        "Take the nodes out of it first.");
            }
        }
    }
}
