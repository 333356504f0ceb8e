package main

import (
	"encoding/binary"
	"log"
	"net"
	"time"
)

// Seconds between the epochs of NTP (1900) and Unix (RFC 5905, §6).
const sinceNTP = 2208988800

// tellTime is a time server for machines that have no way out: it answers with the clock of this machine. Where one of
// this machine's own has the port already, that one is left to answer.
func tellTime(address string) {
	socket, err := net.ListenPacket("udp", address)
	if err != nil {
		log.Printf("no time is told: %v", err)
		return
	}
	go answerTime(socket)
}

func answerTime(socket net.PacketConn) {
	question := make([]byte, 512)
	for {
		length, from, err := socket.ReadFrom(question)
		if err != nil {
			return
		}
		if answer := timeFor(question[:length], time.Now()); answer != nil {
			socket.WriteTo(answer, from)
		}
	}
}

// timeFor answers a client's question (RFC 5905, §7.3): server of stratum 1, and the client's own time as it sent it.
func timeFor(question []byte, now time.Time) []byte {
	if len(question) < 48 || question[0]&7 != 3 {
		return nil
	}
	answer := make([]byte, 48)
	answer[0] = question[0]&0x38 | 4
	answer[1] = 1
	answer[3] = 0xec // known to 2^-20 s
	copy(answer[12:16], "LOCL")
	copy(answer[24:32], question[40:48])
	for _, field := range []int{16, 32, 40} { // set, received, sent
		binary.BigEndian.PutUint32(answer[field:], uint32(now.Unix()+sinceNTP))
		binary.BigEndian.PutUint32(answer[field+4:], uint32((int64(now.Nanosecond())<<32)/1e9))
	}
	return answer
}
