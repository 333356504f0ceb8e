/** What Git says, what Argo CD was told, what runs: judged from what was read, without reading anything. */
@NullMarked
package homelab.gitops;

import org.jspecify.annotations.NullMarked;
