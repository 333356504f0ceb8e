/** Events and results become text, JSON or a live view. The only room that knows width and colour. */
@NullMarked
package homelab.report;

import org.jspecify.annotations.NullMarked;
