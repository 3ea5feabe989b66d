module github.com/meridian-freight/dockyard

go 1.25

require (
	github.com/jackc/pgx/v5 v5.7.6
	github.com/prometheus/client_golang v1.23.2
	github.com/spf13/cobra v1.10.1
	go.opentelemetry.io/otel v1.38.0
	google.golang.org/grpc v1.76.0
	google.golang.org/protobuf v1.36.10
)
