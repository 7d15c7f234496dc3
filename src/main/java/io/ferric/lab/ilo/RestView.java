package io.ferric.lab.ilo;

/** Which of the two property sets of an iLO 4 an answer shows (ilo-protocols b.1). */
enum RestView {
    /** Redfish only: iLO 5 and later always, iLO 4 when asked with {@code OData-Version}. */
    REDFISH,
    /** Both sets: iLO 4 asked below {@code /redfish/v1} without {@code OData-Version}. */
    BOTH,
    /** Both sets, with links below {@code /rest/v1}. */
    REST;

    boolean legacy() {
        return this != REDFISH;
    }
}
