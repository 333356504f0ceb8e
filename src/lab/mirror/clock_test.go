package main

import (
	"encoding/binary"
	"net"
	"testing"
	"time"
)

func TestTellsTheTimeToAClient(t *testing.T) {
	socket, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	go answerTime(socket)
	client, err := net.Dial("udp", socket.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	client.SetDeadline(time.Now().Add(5 * time.Second))

	question := make([]byte, 48)
	question[0] = 0x23 // version 4, client
	copy(question[40:], "his time")
	client.Write(question)
	answer := make([]byte, 512)
	length, err := client.Read(answer)
	if err != nil || length != 48 {
		t.Fatalf("%d bytes, %v", length, err)
	}

	if answer[0] != 0x24 || string(answer[24:32]) != "his time" {
		t.Errorf("no answer of a server to this question: %x", answer[:32])
	}
	told := int64(binary.BigEndian.Uint32(answer[40:])) - sinceNTP
	if off := time.Now().Unix() - told; off < 0 || off > 2 {
		t.Errorf("%d s off", off)
	}
}

func TestTellsAHalfOfASecondAsAHalf(t *testing.T) {
	question := make([]byte, 48)
	question[0] = 0x1b
	answer := timeFor(question, time.Unix(1, 5e8))
	if got := binary.BigEndian.Uint64(answer[40:]); got != (sinceNTP+1)<<32|1<<31 {
		t.Errorf("%x", got)
	}
}

func TestAnswersNothingButQuestions(t *testing.T) {
	server := make([]byte, 48)
	server[0] = 0x24
	for _, question := range [][]byte{nil, make([]byte, 47), make([]byte, 48), server} {
		if answer := timeFor(question, time.Now()); answer != nil {
			t.Errorf("%x was answered", question)
		}
	}
}
