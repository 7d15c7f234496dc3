package io.ferric.lab.ilo;

import java.util.Optional;

/**
 * A virtual drive at one moment. The rules of connecting and of automatic ejection are those of the iLO 4 scripting
 * guide, SET_VM_STATUS.
 *
 * @param imageUrl what is inserted
 * @param connected whether the server sees the medium
 * @param option what happens at the next boots
 * @param writeProtected whether the server is kept from writing
 * @param heldByConsole whether a console applet has the drive, which then cannot be scripted
 */
public record Bay(
        Optional<String> imageUrl, boolean connected, Option option, boolean writeProtected, boolean heldByConsole) {

    /** What happens with the medium at a boot of the server. */
    public enum Option {
        /** Nothing: not connected. */
        NO_BOOT,
        /** Connected and booted from at the next boot, ejected at the one after. */
        BOOT_ONCE,
        /** The state of {@link #BOOT_ONCE} after that first boot; reported as BOOT_ONCE. */
        BOOTED_ONCE,
        /** Connected at every boot. */
        BOOT_ALWAYS;

        /** The name on the wire. */
        public String wireName() {
            return this == BOOTED_ONCE ? BOOT_ONCE.name() : name();
        }
    }

    static Bay empty() {
        return new Bay(Optional.empty(), false, Option.NO_BOOT, false, false);
    }

    public boolean inserted() {
        return imageUrl.isPresent();
    }

    Bay insert(String url) {
        return new Bay(Optional.of(url), false, Option.NO_BOOT, writeProtected, heldByConsole);
    }

    Bay eject() {
        return new Bay(Optional.empty(), false, Option.NO_BOOT, false, heldByConsole);
    }

    Bay connect() {
        return new Bay(imageUrl, true, Option.BOOT_ALWAYS, writeProtected, heldByConsole);
    }

    Bay disconnect() {
        return new Bay(imageUrl, false, Option.NO_BOOT, writeProtected, heldByConsole);
    }

    Bay option(Option next) {
        return new Bay(imageUrl, connected, next, writeProtected, heldByConsole);
    }

    Bay protect(boolean on) {
        return new Bay(imageUrl, connected, option, on, heldByConsole);
    }

    Bay held(boolean on) {
        return new Bay(imageUrl, connected, option, writeProtected, on);
    }

    /** The drive as a boot of the server changes it. */
    Bay atBoot() {
        return switch (option) {
            case NO_BOOT -> new Bay(imageUrl, false, option, writeProtected, heldByConsole);
            case BOOT_ONCE -> new Bay(imageUrl, true, Option.BOOTED_ONCE, writeProtected, heldByConsole);
            case BOOTED_ONCE -> eject();
            case BOOT_ALWAYS -> new Bay(imageUrl, true, option, writeProtected, heldByConsole);
        };
    }

    /** Leaves the URL out: it carries a signature. */
    @Override
    public String toString() {
        return (inserted() ? "image in, " : "empty, ")
                + (connected ? "connected, " : "not connected, ")
                + option.wireName()
                + (writeProtected ? ", write protected" : "");
    }
}
