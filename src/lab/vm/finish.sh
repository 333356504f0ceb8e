# Runs in the tree of a lab machine, after files/ was copied into it and its packages were installed.
# A machine has devices, a kernel and a console: what is masked for containers is not masked here.
systemctl unmask -q systemd-udevd.service systemd-udev-trigger.service systemd-modules-load.service serial-getty@.service \
  sys-kernel-debug.mount sys-kernel-tracing.mount sys-kernel-config.mount sys-fs-fuse-connections.mount \
  rpcbind.service rpcbind.socket rpc-statd.service run-rpc_pipefs.mount
systemctl enable -q systemd-networkd.service
systemctl disable -q lab-off.service
systemctl mask -q systemd-networkd-wait-online.service apt-daily.timer apt-daily-upgrade.timer
# The real iSCSI daemon has its kernel half here.
rm -rf /etc/systemd/system/iscsid.service.d /usr/local/lib/lab/iscsid /usr/local/lib/lab/modules.builtin
echo '/dev/vda / ext4 defaults,noatime,errors=remount-ro 0 1' >/etc/fstab
echo MODULES=list >/etc/initramfs-tools/conf.d/lab
printf '%s\n' virtio_pci virtio_blk ext4 crc32c_generic >>/etc/initramfs-tools/modules
update-initramfs -u -k all
rm -rf /var/cache/apt/archives/*.deb /var/lib/apt/lists/* /usr/share/doc /usr/share/man
: >/etc/resolv.conf
