# What --help says.

lab_help() {
  cat <<'H'
cli/lab: hosts that behave like Raspberry Pis, on this machine, and a Kubernetes for them.

Usage: cli/lab VERB [--name LAB] [options]

  up [--vm[=NODE,…]] [--nodes NAME:ROLE,…] [--as-shipped] [--ipv6] [--charts[=NAME,…]] [--made-by TOOL]
                     make a lab, or bring back what is missing of it; writes inventory/LAB.yaml
  down               remove it: hosts, network, volumes, mirror, inventory, state
  list [--all]       its hosts; --all: every lab of this machine
  ssh NODE [CMD…]    a shell, or one command, on a host
  start NODE [--clock=TIME]
                     switch a host on; a machine's clock is then at TIME: -30min, '2 hours ago'
  stop NODE          shut it down cleanly
  kill NODE          end all its processes at once (the page cache survives, so this is no power cut)
  cut NODE           a machine loses its power; what was not on its disk is lost
  add NAME:ROLE      one more host, in the lab and in its inventory
  mirror [next]      where release files of k3s come from, and how to make it slow, cut, corrupt or down; next: a newer release too
  git init NAME      a Git repository that hosts and pods can read; prints its address (`git url NAME` again)
  git push NAME FOLDER [MESSAGE]
                     its branch main becomes what the folder holds; prints the commit
  git break NAME     it answers 503             git mend NAME     and is itself again
  git ssh NAME KEY.pub
                     its address over SSH, which that key opens; below it the server's key, as known_hosts has it
  git lock NAME USER it asks for a password, read from standard input; git unlock NAME
  git stop           nothing listens there      git start
  artifacts [--charts[=NAME,…]]
                     build what a lab needs and say where it lies
  image              build the hosts' image alone
  doctor [--vm]      what this machine lacks, with the command that mends it

Options
  --name LAB         which lab (default: lab, or $HOMELAB_LAB); several live side by side
  --nodes LIST       default jarvis:server,ultron:agent
  --vm[=NODE,…]      virtual machines under QEMU, not containers: own kernel, own clock, power that can be cut; all hosts, or these
  --as-shipped       hosts whose memory cgroup is off, as on a new Raspberry Pi OS, until cmdline.txt says otherwise and they reboot
  --ipv6             hosts have an address of IPv6 too: fd77:0:X::N beside 10.77.X.N
  --charts[=LIST]    its mirror serves the charts of src/lab/charts and their images too
  --made-by TOOL     k3s runs already, as install-script, k3s-ansible or k3sup leaves it
  HOMELAB_LAB_K3S=/path/to/k3s [HOMELAB_LAB_IMAGES=/path/to/airgap.tar]   a real release in place of lab k3s
  HOMELAB_LAB_CHARTS=/path/to/folder                                     real charts (*.tgz) and image archives (*.tar) in place of ours
  HOMELAB_LAB_ACCEL=kvm|tcg                                              how machines run; without, what works here
  HOMELAB_LAB_PRIVILEGED=1                                               privileged containers, which a real release needs

Examples
  cli/lab up
  cli/lab ssh jarvis sudo ufw status
  cli/lab up --name ha --nodes jarvis:server,vision:server,friday:server,ultron:agent
  cli/lab kill ultron && cli/lab start ultron
  cli/lab up --vm --name house && cli/lab cut ultron --name house && cli/lab start ultron --clock=-30min --name house
  cli/lab down --name ha

Exit codes: 0 done · 1 failed, or doctor found something · 2 usage · 6 refused, with why
H
}
