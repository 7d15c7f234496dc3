package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RedfishHardware.healthy;
import static io.ferric.lab.ilo.RestJson.array;
import static io.ferric.lab.ilo.RestJson.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.lab.ilo.IloHardware.Fan;
import io.ferric.lab.ilo.IloHardware.PowerSupply;
import io.ferric.lab.ilo.IloHardware.Temperature;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** The box: temperatures, fans, power supplies. */
final class RedfishChassis {
    private static final String PATH = "Chassis/1";
    private static final String THERMAL = PATH + "/Thermal";
    private static final String POWER = PATH + "/Power";
    private static final String DEVICES = PATH + "/Devices";

    private static final Map<String, String> CONTEXTS =
            Map.of("Ambient", "Intake", "CPU", "CPU", "Memory", "SystemBoard");

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
        IloHardware hardware = parts.state().hardware();
        ObjectNode thermal =
                parts.resource(THERMAL, kind.generation() == 4 ? "ThermalMetrics" : "Thermal", "Thermal", "Thermal");
        thermal.set("Temperatures", numbered(hardware.temperatures(), this::temperature));
        thermal.set("Fans", numbered(hardware.fans(), this::fan));
        return thermal;
    }

    private static <T> ArrayNode numbered(List<T> all, BiFunction<Integer, T, ObjectNode> show) {
        return array(IntStream.range(0, all.size())
                .mapToObj(i -> show.apply(i, all.get(i)))
                .toList());
    }

    private ObjectNode temperature(int number, Temperature sensor) {
        ObjectNode node = object(
                "MemberId", "" + number,
                "Name", sensor.label(),
                "Number", number + 1,
                "PhysicalContext", CONTEXTS.getOrDefault(sensor.location(), "SystemBoard"),
                "ReadingCelsius", sensor.celsius(),
                "UpperThresholdCritical", sensor.caution(),
                "UpperThresholdFatal", sensor.critical(),
                "Status", healthy());
        if (kind.generation() == 4) {
            node.put("CurrentReading", sensor.celsius());
            node.put("Units", "Celsius");
        }
        return node;
    }

    private ObjectNode fan(int number, Fan fan) {
        ObjectNode node = object("MemberId", "" + number, "Status", healthy());
        if (kind.generation() == 4) {
            return node.put("FanName", fan.label())
                    .put("CurrentReading", fan.percent())
                    .put("Units", "Percent");
        }
        return node.put("Name", fan.label()).put("Reading", fan.percent()).put("ReadingUnits", "Percent");
    }

    private ObjectNode power() {
        List<PowerSupply> supplies = parts.state().hardware().powerSupplies();
        int watts = supplies.stream().mapToInt(PowerSupply::output).sum();
        ObjectNode power =
                parts.resource(POWER, kind.generation() == 4 ? "PowerMetrics" : "Power", "Power", "PowerMetrics");
        ObjectNode metrics =
                object("AverageConsumedWatts", watts, "MinConsumedWatts", watts / 2, "MaxConsumedWatts", watts * 2);
        power.set(
                "PowerControl",
                array(List.of(object(
                        "MemberId",
                        "0",
                        "PowerCapacityWatts",
                        supplies.stream().mapToInt(PowerSupply::capacity).sum(),
                        "PowerConsumedWatts",
                        watts,
                        "PowerMetrics",
                        metrics))));
        power.set("PowerSupplies", numbered(supplies, RedfishChassis::supply));
        return power;
    }

    private static ObjectNode supply(int number, PowerSupply supply) {
        return object(
                "MemberId", "" + number,
                "Name", supply.label(),
                "Model", supply.model(),
                "SerialNumber", supply.serial(),
                "FirmwareVersion", "1.00",
                "PowerSupplyType", "AC",
                "LineInputVoltage", 230,
                "LastPowerOutputWatts", supply.output(),
                "PowerCapacityWatts", supply.capacity(),
                "Status", healthy());
    }
}
