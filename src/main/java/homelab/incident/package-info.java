/** What happened in a night, from what hosts wrote down: a timeline, its likely causes, and what would have prevented it. */
@NullMarked
package homelab.incident;

import org.jspecify.annotations.NullMarked;
