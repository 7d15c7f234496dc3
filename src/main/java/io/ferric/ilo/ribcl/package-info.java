/**
 * RIBCL, the XML protocol of iLO 3 to iLO 5. Start with {@link io.ferric.ilo.ribcl.RibclClient}; the oddities of its XML
 * are mended by {@code RibclQuirk}, the meaning of its errors is the table {@code RibclTrouble}. Source: HPE iLO 4
 * scripting guide, and what python-hpilo and proliantutils rely on.
 */
package io.ferric.ilo.ribcl;
