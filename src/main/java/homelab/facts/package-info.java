/** What one host is, made of probes. */
@NullMarked
package homelab.facts;

import org.jspecify.annotations.NullMarked;
