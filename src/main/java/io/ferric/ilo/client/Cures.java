package io.ferric.ilo.client;

/** What to do about errors that an iLO reports in every protocol; one wording for an operator, whatever was spoken. */
public final class Cures {
    /** Of a rejected user name or password. */
    public static final String LOGIN =
            "Check ilo_username and ilo_password; it was not tried again, for iLOs delay and lock out.";

    /** Of a license that does not allow something. */
    public static final String LICENSE = "Virtual media by URL needs an iLO Advanced or Scale-Out license.";

    /** Of a user who may not do something. */
    public static final String PRIVILEGES =
            "Give the iLO user the privileges Virtual Media, Virtual Power and Reset, and Configure iLO Settings.";

    /** Of a drive that a remote console has. */
    public static final String CONSOLE = "Close the virtual media of the remote console, or reset the iLO.";

    private Cures() {}
}
