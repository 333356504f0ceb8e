/**
 * A cold boot in gates: what must stand before what, judged over a snapshot of hosts and API, and what may be mended at
 * each with its guards. Pure: it names what is to be looked at, and judges what came back.
 */
@NullMarked
package homelab.gate;

import org.jspecify.annotations.NullMarked;
