package io.ferric.lab.ilo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The iLOs that can be simulated: one of each kind that was seen to behave in a way of its own. */
public enum IloProfile {
    ILO3_G7(3, "ProLiant DL380 G7", "1.82", "iLO 3 Advanced"),
    ILO4_GEN8(4, "ProLiant DL380p Gen8", "2.30", "iLO 4 Advanced"),
    ILO4_GEN9(4, "ProLiant DL360 Gen9", "2.50", "iLO 4 Advanced"),
    ILO5(5, "ProLiant DL360 Gen10", "2.70", "iLO 5 Advanced"),
    ILO6(6, "ProLiant DL360 Gen11", "1.57", "iLO 6 Advanced"),
    ILO7(7, "ProLiant DL360 Gen12", "1.12.00", "iLO 7 Advanced");

    private final int generation;
    private final String model;
    private final String firmware;
    private final String license;

    IloProfile(int generation, String model, String firmware, String license) {
        this.generation = generation;
        this.model = model;
        this.firmware = firmware;
        this.license = license;
    }

    /** Such as {@code ilo4-gen9}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The profile of this name; empty when there is none. */
    public static Optional<IloProfile> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(each -> each.wireName().equals(name))
                .findFirst();
    }

    /** 3 to 7. */
    public int generation() {
        return generation;
    }

    public String model() {
        return model;
    }

    public String firmware() {
        return firmware;
    }

    public String license() {
        return license;
    }

    /** Whether the server knows more than legacy BIOS, and its boot mode can be read and set. */
    public boolean bootModes() {
        return this != ILO3_G7 && this != ILO4_GEN8;
    }

    /** Whether it is asked by RIBCL. */
    public boolean ribcl() {
        return generation <= 5;
    }
}
