package io.ferric.ilo;

import io.ferric.deploy.IscsiDeploy;

/** What the two visits of a deploy work with. */
record IloParts(
        NodeIlo ilos,
        IscsiDeploy iscsi,
        VirtualMediaBoot media,
        IsoUrls isos,
        BootIsoLibrary bootIsos,
        IloManagement management,
        Silence silence,
        OwnMark mark) {}
