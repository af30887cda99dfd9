#!/bin/sh
# /cgi-bin/disk: GET reads the first disk's text, POST writes the body to it.
printf 'Content-Type: text/plain\r\n\r\n'
case $REQUEST_METHOD in
  POST) head -c "$CONTENT_LENGTH" | disk write && echo written ;;
  *) disk read ;;
esac
