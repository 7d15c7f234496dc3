package io.ferric.lab.ilo;

import static io.ferric.lab.ilo.RibclAnswer.escape;
import static io.ferric.lab.ilo.RibclCommand.Outcome.DONE;
import static io.ferric.lab.ilo.RibclCommand.Outcome.note;
import static io.ferric.lab.ilo.RibclCommand.Outcome.payload;
import static io.ferric.lab.ilo.RibclCommand.read;
import static io.ferric.lab.ilo.RibclCommand.write;

import io.ferric.lab.ilo.IloState.Power;
import io.ferric.lab.ilo.RibclCommand.Action;
import io.ferric.lab.ilo.RibclCommand.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The RIBCL commands of an iLO 4 in a Gen9 server, and what each does to the {@link IloState} (ilo-protocols a.5). */
final class RibclCommands {
    private static final String SERVER = "SERVER_INFO";
    private static final String RIB = "RIB_INFO";
    private static final Set<String> YES = Set.of("yes", "true", "y", "t", "1");
    private static final Set<String> NO = Set.of("no", "false", "n", "f", "0");

    private final IloState state;
    private final IloIdentity identity;
    private final IloProfile profile;
    private final Map<String, RibclCommand> table = new HashMap<>();

    RibclCommands(IloState state, IloIdentity identity, IloProfile profile) {
        this.profile = profile;
        this.state = state;
        this.identity = identity;
        addPower();
        addIdentity();
        addMedia();
        addBootOrder();
        addBootMode();
        new RibclAdministration(state, identity, profile).addTo(table);
    }

    Optional<RibclCommand> find(String name) {
        return Optional.ofNullable(table.get(name));
    }

    private void addPower() {
        table.put(
                "GET_HOST_POWER_STATUS",
                read(SERVER, c -> payload("<GET_HOST_POWER\r\n    HOST_POWER=\"" + state.power() + "\"\r\n    />")));
        table.put("SET_HOST_POWER", reset(this::setHostPower));
        table.put("PRESS_PWR_BTN", reset(c -> {
            state.pressButton();
            return DONE;
        }));
        table.put("HOLD_PWR_BTN", reset(this::holdButton));
        table.put("RESET_SERVER", reset(c -> whenOn(() -> state.reset("reset by iLO"), "Server being reset.")));
        table.put("WARM_BOOT_SERVER", reset(c -> whenOn(() -> state.reset("warm boot by iLO"), "")));
        table.put("COLD_BOOT_SERVER", reset(c -> whenOn(state::coldBoot, "")));
    }

    private static RibclCommand reset(Action action) {
        return write(SERVER, Privilege.RESET_SERVER, action);
    }

    private Outcome setHostPower(RibclElement command) throws RibclFault {
        boolean on = bool(command, "HOST_POWER");
        if (on == (state.power() == Power.ON)) {
            return note("Host power is already " + (on ? "ON" : "OFF") + ".");
        }
        if (on) {
            state.powerOn();
        } else {
            state.pressButton();
        }
        return DONE;
    }

    private Outcome holdButton(RibclElement command) throws RibclFault {
        boolean toggle = command.attribute("TOGGLE").isEmpty() || bool(command, "TOGGLE");
        if (state.power() == Power.ON) {
            state.powerOff();
        } else if (toggle) {
            state.powerOn();
        }
        return DONE;
    }

    private static Outcome whenOn(BooleanSupplier action, String note) throws RibclFault {
        if (!action.getAsBoolean()) {
            throw new RibclFault(RibclFault.UNRECORDED, "Server is currently powered off.");
        }
        return note(note);
    }

    private void addIdentity() {
        table.put(
                "GET_PRODUCT_NAME",
                read(
                        SERVER,
                        c -> payload("<GET_PRODUCT_NAME>\r\n<PRODUCT_NAME VALUE =\"" + quirky(identity.product())
                                + "\"/>\r\n</GET_PRODUCT_NAME>")));
        table.put(
                "GET_SERVER_NAME",
                read(SERVER, c -> payload("<SERVER_NAME VALUE=\"" + quirky(identity.serverName()) + "\" />")));
        table.put(
                "GET_FW_VERSION",
                read(
                        RIB,
                        c -> payload("<GET_FW_VERSION\r\n    FIRMWARE_VERSION = \""
                                + identity.firmware()
                                + "\"\r\n    FIRMWARE_DATE = \"Sep 23 2016\"\r\n    MANAGEMENT_PROCESSOR = \"iLO"
                                + profile.generation() + "\""
                                + "\r\n    LICENSE_TYPE = \"" + license() + "\"\r\n    />")));
        table.put(
                "GET_ALL_LICENSES",
                read(
                        RIB,
                        c -> payload("<GET_ALL_LICENSES>\r\n<LICENSE>\r\n"
                                + value("LICENSE_TYPE", license())
                                + value("LICENSE_KEY", "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX")
                                + value("LICENSE_INSTALL_DATE", "Sun Mar  1 2026") + value("LICENSE_CLASS", "FQL")
                                + "</LICENSE>\r\n</GET_ALL_LICENSES>")));
    }

    private String quirky(String name) {
        return state.struck(IloFault.UNESCAPED_QUOTE) ? name.replaceFirst(" |$", " \"x\" ") : escape(name);
    }

    private String license() {
        return escape(
                state.struck(IloFault.NO_LICENSE) ? "iLO " + profile.generation() + " Standard" : state.license());
    }

    private static String value(String name, String value) {
        return "<" + name + " VALUE= \"" + value + "\"/>\r\n";
    }

    private void addMedia() {
        table.put("GET_VM_STATUS", read(RIB, this::mediaStatus));
        table.put("INSERT_VIRTUAL_MEDIA", media(this::insert));
        table.put("EJECT_VIRTUAL_MEDIA", media(this::eject));
        table.put("SET_VM_STATUS", media(this::setMediaStatus));
    }

    private static RibclCommand media(Action action) {
        return write(RIB, Privilege.VIRTUAL_MEDIA, action);
    }

    private Outcome mediaStatus(RibclElement command) throws RibclFault {
        MediaDevice device = device(command);
        Bay bay = state.bay(device);
        return payload("<GET_VM_STATUS\r\n    VM_APPLET=\"" + (bay.heldByConsole() ? "CONNECTED" : "DISCONNECTED")
                + "\"\r\n    DEVICE=\"" + device
                + "\"\r\n    BOOT_OPTION=\"" + bay.option().wireName()
                + "\"\r\n    WRITE_PROTECT=\"" + (bay.writeProtected() ? "YES" : "NO")
                + "\"\r\n    IMAGE_INSERTED=\"" + (bay.inserted() ? "YES" : "NO")
                + bay.imageUrl()
                        .map(url -> "\"\r\n    IMAGE_URL=\"" + escape(url))
                        .orElse("")
                + "\"\r\n    />");
    }

    private Outcome insert(RibclElement command) throws RibclFault {
        MediaDevice device = freeDevice(command);
        String url = command.attribute("IMAGE_URL").orElse("");
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            throw new RibclFault(RibclFault.BAD_MEDIA_OPTION, "An invalid Virtual Media URL was given.");
        }
        if (state.struck(IloFault.NO_LICENSE) || !state.mediaLicensed()) {
            throw new RibclFault(
                    RibclFault.LICENSE_KEY_ERROR, "This feature requires an installed iLO Advanced license key.");
        }
        if (state.struck(IloFault.INSERT_FAILS)) {
            throw new RibclFault(RibclFault.UNRECORDED, "Virtual media could not be inserted.");
        }
        if (!state.struck(IloFault.INSERT_WITHOUT_INSERTING)) {
            state.insert(device, url);
        }
        return DONE;
    }

    private Outcome eject(RibclElement command) throws RibclFault {
        MediaDevice device = freeDevice(command);
        if (state.struck(IloFault.EJECT_FAILS)) {
            throw new RibclFault(RibclFault.UNRECORDED, "Virtual media could not be ejected.");
        }
        if (!state.bay(device).inserted()) {
            throw new RibclFault(RibclFault.UNRECORDED, "There is no virtual media in the drive to eject.");
        }
        state.eject(device);
        return DONE;
    }

    private Outcome setMediaStatus(RibclElement command) throws RibclFault {
        MediaDevice device = freeDevice(command);
        Optional<RibclElement> option = command.child("VM_BOOT_OPTION");
        if (option.isPresent()) {
            applyOption(device, value(option.get()));
        }
        Optional<RibclElement> protect = command.child("VM_WRITE_PROTECT");
        if (protect.isPresent()) {
            state.writeProtect(device, bool(protect.get(), "VALUE"));
        }
        return DONE;
    }

    private void applyOption(MediaDevice device, String option) throws RibclFault {
        switch (option) {
            case "BOOT_ONCE", "BOOT_ALWAYS", "NO_BOOT" -> state.bootOption(device, Bay.Option.valueOf(option));
            case "CONNECT" -> state.connect(device);
            case "DISCONNECT" -> state.disconnect(device);
            default -> throw new RibclFault(RibclFault.BAD_MEDIA_OPTION, "An invalid Virtual Media option was given.");
        }
    }

    private MediaDevice freeDevice(RibclElement command) throws RibclFault {
        MediaDevice device = device(command);
        if (state.bay(device).heldByConsole()) {
            throw new RibclFault(RibclFault.UNRECORDED, "The virtual media device is in use by another session.");
        }
        return device;
    }

    private static MediaDevice device(RibclElement command) throws RibclFault {
        String name = command.attribute("DEVICE").orElse("FLOPPY");
        return constant(MediaDevice.class, name, "An invalid Virtual Media option was given.");
    }

    private void addBootOrder() {
        table.put(
                "GET_ONE_TIME_BOOT",
                read(
                        SERVER,
                        c -> payload("<ONE_TIME_BOOT>\r\n<BOOT_TYPE VALUE=\""
                                + (state.oneTimeBoot() == BootTarget.NORMAL ? "Normal" : state.oneTimeBoot())
                                + "\"/>\r\n</ONE_TIME_BOOT>")));
        table.put("SET_ONE_TIME_BOOT", bootChange(c -> {
            state.oneTimeBoot(constant(BootTarget.class, value(c), "An invalid boot device was given."));
            return DONE;
        }));
        table.put(
                "GET_PERSISTENT_BOOT",
                read(
                        SERVER,
                        c -> payload("<PERSISTENT_BOOT>\r\n"
                                + state.persistentBoot().stream()
                                        .map(this::persistentEntry)
                                        .collect(Collectors.joining("\r\n"))
                                + "\r\n</PERSISTENT_BOOT>")));
        table.put("SET_PERSISTENT_BOOT", bootChange(this::setPersistentBoot));
    }

    private static RibclCommand bootChange(Action action) {
        return write(SERVER, Privilege.CONFIG_ILO, action);
    }

    private String persistentEntry(BootTarget target) {
        return state.currentMode() == FirmwareMode.UEFI
                ? "<DEVICE value=\"%s\" DESCRIPTION=\"%s\"/>"
                        .formatted(
                                UefiBootEntry.of(target).number(),
                                UefiBootEntry.of(target).description())
                : "<DEVICE value=\"" + target + "\"/>";
    }

    private Outcome setPersistentBoot(RibclElement command) throws RibclFault {
        List<BootTarget> order = new ArrayList<>();
        for (RibclElement child : command.children()) {
            String name = value(child);
            Optional<BootTarget> byNumber = UefiBootEntry.byNumber(name);
            order.add(
                    byNumber.isPresent()
                            ? byNumber.get()
                            : constant(BootTarget.class, name, "An invalid boot device was given."));
        }
        if (order.isEmpty()) {
            throw RibclFault.syntax(0, "", "");
        }
        state.persistentBoot(order);
        return DONE;
    }

    private void addBootMode() {
        table.put(
                "GET_SUPPORTED_BOOT_MODE",
                read(
                        SERVER,
                        c -> payload("<GET_SUPPORTED_BOOT_MODE>\r\n"
                                + "<SUPPORTED_BOOT_MODE VALUE=\"LEGACY_UEFI\"/>\r\n</GET_SUPPORTED_BOOT_MODE>")));
        table.put("GET_CURRENT_BOOT_MODE", read(SERVER, c -> bootMode("GET_CURRENT_BOOT_MODE", state.currentMode())));
        table.put("GET_PENDING_BOOT_MODE", read(SERVER, c -> bootMode("GET_PENDING_BOOT_MODE", state.pendingMode())));
        table.put("SET_PENDING_BOOT_MODE", bootChange(c -> {
            FirmwareMode mode = constant(FirmwareMode.class, value(c), "An invalid boot mode was given.");
            if (mode == FirmwareMode.UNKNOWN) {
                throw new RibclFault(RibclFault.UNRECORDED, "An invalid boot mode was given.");
            }
            state.pendingMode(mode);
            return DONE;
        }));
        Set.copyOf(table.keySet()).stream()
                .filter(name -> name.endsWith("_BOOT_MODE"))
                .forEach(name -> table.computeIfPresent(name, this::maybeUnsupported));
    }

    private RibclCommand maybeUnsupported(String name, RibclCommand command) {
        return new RibclCommand(command.block(), command.write(), command.privilege(), element -> {
            if (!profile.bootModes() || state.struck(IloFault.UNSUPPORTED_BOOT_MODE)) {
                throw RibclFault.unsupported(name);
            }
            return command.action().run(element);
        });
    }

    private static Outcome bootMode(String name, FirmwareMode mode) {
        return payload("<%s>\r\n<BOOT_MODE VALUE=\"%s\"/>\r\n</%s>".formatted(name, mode, name));
    }

    private static String value(RibclElement element) throws RibclFault {
        return element.attribute("VALUE").orElseThrow(() -> RibclFault.syntax(0, "", ""));
    }

    static boolean bool(RibclElement element, String name) throws RibclFault {
        String value = element.attribute(name).orElse("").toLowerCase(Locale.ROOT);
        if (!YES.contains(value) && !NO.contains(value)) {
            throw RibclFault.syntax(0, "", "");
        }
        return YES.contains(value);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name, String complaint) throws RibclFault {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RibclFault(RibclFault.BAD_MEDIA_OPTION, complaint));
    }
}
