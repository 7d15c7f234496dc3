package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RedfishHardware.healthy;
import static io.ferric.lab.ilo.RestJson.array;
import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.lab.ilo.IloState.Power;
import java.util.List;

/** The box: temperatures, fans, power supplies. */
final class RedfishChassis {
    private static final String PATH = "Chassis/1";
    private static final String THERMAL = PATH + "/Thermal";
    private static final String POWER = PATH + "/Power";
    private static final String DEVICES = PATH + "/Devices";

    private final RedfishParts parts;
    private final RedfishKind kind;

    RedfishChassis(RedfishParts parts) {
        this.parts = parts;
        this.kind = parts.kind();
    }

    void addTo(RedfishTree tree) {
        tree.add("Chassis", RestResource.of(view -> parts.collection("Chassis", "Chassis", List.of("1"))));
        tree.add(PATH, RestResource.of(view -> chassis()));
        tree.add(THERMAL, RestResource.of(view -> thermal()));
        tree.add(POWER, RestResource.of(view -> power()));
        if (kind.generation() > 4) {
            tree.add(DEVICES, RestResource.of(view -> parts.collection(DEVICES, "HpeServerDevice", List.of())));
        }
    }

    private ObjectNode chassis() {
        ObjectNode chassis = parts.resource(PATH, "Chassis", "1", "Computer System Chassis");
        chassis.put("ChassisType", "RackMount");
        chassis.put("Manufacturer", kind.generation() == 4 ? "HP" : "HPE");
        chassis.put("Model", parts.identity().product());
        chassis.put("SerialNumber", parts.identity().serial());
        chassis.set("Status", healthy());
        chassis.set("Thermal", parts.to(THERMAL));
        chassis.set("Power", parts.to(POWER));
        chassis.set(
                "Links",
                object(
                        "ComputerSystems",
                        List.of(parts.to("Systems/1")),
                        "ManagedBy",
                        List.of(parts.to("Managers/1"))));
        if (kind.generation() > 4) {
            chassis.set("Oem", kind.oem(object("Links", object("Devices", parts.to(DEVICES)))));
        }
        return chassis;
    }

    private ObjectNode thermal() {
        boolean on = parts.state().power() == Power.ON;
        ObjectNode thermal =
                parts.resource(THERMAL, kind.generation() == 4 ? "ThermalMetrics" : "Thermal", "Thermal", "Thermal");
        thermal.set(
                "Temperatures",
                array(List.of(
                        temperature(0, "01-Inlet Ambient", 21, 42, "Intake"),
                        temperature(1, "02-CPU 1", on ? 40 : 22, 70, "CPU"),
                        temperature(2, "03-CPU 2", on ? 41 : 22, 70, "CPU"))));
        thermal.set("Fans", array(List.of(fan(0, "Fan 1", on ? 23 : 0), fan(1, "Fan 2", on ? 24 : 0))));
        return thermal;
    }

    private ObjectNode temperature(int number, String name, int celsius, int critical, String context) {
        ObjectNode node = object(
                "MemberId",
                "" + number,
                "Name",
                name,
                "Number",
                number + 1,
                "PhysicalContext",
                context,
                "ReadingCelsius",
                celsius,
                "UpperThresholdCritical",
                critical,
                "UpperThresholdFatal",
                critical + 5,
                "Status",
                healthy());
        if (kind.generation() == 4) {
            node.put("CurrentReading", celsius);
            node.put("Units", "Celsius");
        }
        return node;
    }

    private ObjectNode fan(int number, String name, int percent) {
        ObjectNode node = object("MemberId", "" + number, "Status", healthy());
        if (kind.generation() == 4) {
            return node.put("FanName", name).put("CurrentReading", percent).put("Units", "Percent");
        }
        return node.put("Name", name).put("Reading", percent).put("ReadingUnits", "Percent");
    }

    private ObjectNode power() {
        boolean on = parts.state().power() == Power.ON;
        ObjectNode power =
                parts.resource(POWER, kind.generation() == 4 ? "PowerMetrics" : "Power", "Power", "PowerMetrics");
        ObjectNode metrics =
                object("AverageConsumedWatts", on ? 120 : 12, "MinConsumedWatts", 12, "MaxConsumedWatts", 180);
        power.set(
                "PowerControl",
                array(List.of(object(
                        "MemberId",
                        "0",
                        "PowerCapacityWatts",
                        1000,
                        "PowerConsumedWatts",
                        on ? 120 : 12,
                        "PowerMetrics",
                        metrics))));
        power.set("PowerSupplies", array(List.of(supply(0, on ? 62 : 6), supply(1, on ? 58 : 6))));
        return power;
    }

    private static ObjectNode supply(int number, int watts) {
        return object(
                "MemberId",
                "" + number,
                "Name",
                "HpServerPowerSupply",
                "Model",
                "720478-B21",
                "SerialNumber",
                "5DRLT0BSH7X0" + number,
                "FirmwareVersion",
                "1.00",
                "PowerSupplyType",
                "AC",
                "LineInputVoltage",
                230,
                "LastPowerOutputWatts",
                watts,
                "PowerCapacityWatts",
                500,
                "Status",
                healthy());
    }
}
