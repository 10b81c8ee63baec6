# One image for web, worker, beat and migrations. Nothing in it is writable while it runs but /evidence, the volume of attached files.
FROM python:3.11-slim-bookworm AS build
COPY requirements/base.txt /requirements.txt
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --only-binary :all: --require-hashes -r /requirements.txt
ENV PATH=/venv/bin:$PATH
WORKDIR /app
COPY . .
# The keys serve this one command and are kept nowhere.
RUN key="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    && sheet="$(python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())')" \
    && PRODUCTION=true SITE_ADDRESS=https://localhost SECRET_KEY="$key" WORKSHEET_KEYS="$sheet" \
       python manage.py collectstatic --noinput \
    && python -m compileall -q /app

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin concordat \
    && install --directory --owner 10001 --mode 0700 /evidence
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PRODUCTION=true
WORKDIR /app
USER 10001
EXPOSE 8000
CMD ["gunicorn", "config.wsgi"]
