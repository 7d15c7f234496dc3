package io.ferric.store;

import io.ferric.node.Chassis;
import io.ferric.node.Entry;
import io.ferric.node.FaultCode;
import io.ferric.store.Table.Unique;
import java.util.List;
import java.util.Optional;

/** The kinds of entries there are. */
public final class Tables {
    public static final Table<Chassis> CHASSIS = new Table<>(
            "chassis",
            Chassis.class,
            "Chassis",
            FaultCode.CHASSIS_NOT_FOUND,
            Optional.empty(),
            List.of(uuid("chassis", "Chassis", FaultCode.CHASSIS_ALREADY_EXISTS)));

    private Tables() {}

    /** The primary key; only to be asked after the other constraints, for their names hold the table's too. */
    private static <T extends Entry> Unique<T> uuid(String table, String noun, String code) {
        return new Unique<>(table, code, entry -> "A " + noun + " with UUID " + entry.uuid() + " exists already");
    }
}
