module github.com/meridian-freight/dockyard

go 1.25

require (
	github.com/jackc/pgx/v5 v5.7.6
	google.golang.org/grpc v1.76.0
)
