package io.ferric.ilo;

import io.ferric.deploy.IscsiDeploy;

/** What the two visits of a deploy work with. */
record IloParts(
        Talk talk,
        IscsiDeploy iscsi,
        VirtualMediaBoot media,
        IsoUrls isos,
        BootIsoLibrary bootIsos,
        IloManagement management,
        Silence silence,
        OwnMark mark) {

    /** What all talking to iLOs goes through. */
    record Talk(NodeIlo ilos, Sightings sightings, VirtualDrives drives) {}
}
