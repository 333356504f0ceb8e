/** Strict filling of the files under templates/. */
@NullMarked
package homelab.template;

import org.jspecify.annotations.NullMarked;
