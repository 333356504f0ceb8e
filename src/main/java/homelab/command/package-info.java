/** One file per verb: flags in, use case wired and called, report out. */
@NullMarked
package homelab.command;

import org.jspecify.annotations.NullMarked;
