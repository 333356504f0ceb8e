module homelab.lab/mirror

go 1.21
