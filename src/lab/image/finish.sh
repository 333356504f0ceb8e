# Runs in the tree of a lab host, after files/ was copied into it.
chmod 0440 /etc/sudoers.d/010_pi-nopasswd
groupadd -f -g 1000 pi
id pi >/dev/null 2>&1 || useradd -m -u 1000 -g pi -G sudo,adm,users -s /bin/bash pi
install -d -m 700 -o pi -g pi /home/pi/.ssh

# Nothing of identity is baked in: a host makes its own at its first boot.
rm -f /etc/ssh/ssh_host_* /var/lib/dbus/machine-id
: >/etc/machine-id
: >/etc/hosts; : >/etc/hostname; : >/etc/resolv.conf
echo GenerateName=yes >/etc/iscsi/initiatorname.iscsi

# A container has no devices to wait for, no consoles to log in at, and no kernel of its own to tune.
systemctl mask -q systemd-udevd.service systemd-udev-trigger.service systemd-modules-load.service getty@.service console-getty.service \
  serial-getty@.service sys-kernel-debug.mount sys-kernel-tracing.mount sys-kernel-config.mount sys-fs-fuse-connections.mount \
  systemd-ask-password-console.path systemd-ask-password-wall.path apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer fstrim.timer
systemctl enable -q ssh.service systemd-timesyncd.service lab-off.service
systemctl set-default -q multi-user.target

# nfs-common is there since Longhorn asks for it; a container can mount nothing of the kind, and its parts would only fail.
systemctl mask -q rpcbind.service rpcbind.socket nfs-blkmap.service rpc-statd.service run-rpc_pipefs.mount
systemctl disable -q nfs-client.target
