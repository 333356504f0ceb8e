/** What is made anew in a running cluster: its token, certificates, the key of its secrets; and k3s started again for it. */
@NullMarked
package homelab.resource.rotation;

import org.jspecify.annotations.NullMarked;
